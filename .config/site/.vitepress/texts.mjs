/** The words of the site around the pages, in each language. */
export const texts = {
  en: {
    site: {
      label: 'English',
      lang: 'en',
      description: 'A telephone system for companies that runs on their own machine',
    },
    theme: {},
  },
  cs: {
    site: { label: 'Čeština', lang: 'cs', description: 'Firemní telefonní ústředna na vlastním počítači' },
    theme: {
      outline: { level: [2, 3], label: 'Na této stránce' },
      docFooter: { prev: 'Předchozí stránka', next: 'Další stránka' },
      sidebarMenuLabel: 'Nabídka',
      returnToTopLabel: 'Zpět nahoru',
      langMenuLabel: 'Změnit jazyk',
      darkModeSwitchLabel: 'Vzhled',
      lightModeSwitchTitle: 'Přepnout na světlý vzhled',
      darkModeSwitchTitle: 'Přepnout na tmavý vzhled',
      skipToContentLabel: 'Přejít k obsahu',
      notFound: {
        title: 'Stránka nenalezena',
        quote: 'Na této adrese žádná stránka není.',
        linkLabel: 'Přejít na úvodní stránku',
        linkText: 'Na úvodní stránku',
      },
    },
    search: {
      button: { buttonText: 'Hledat', buttonAriaLabel: 'Hledat' },
      modal: {
        displayDetails: 'Zobrazit podrobnosti',
        resetButtonTitle: 'Smazat hledaný text',
        backButtonTitle: 'Zavřít hledání',
        noResultsText: 'Nic se nenašlo pro',
        footer: {
          selectText: 'otevřít',
          selectKeyAriaLabel: 'Enter',
          navigateText: 'vybrat',
          navigateUpKeyAriaLabel: 'šipka nahoru',
          navigateDownKeyAriaLabel: 'šipka dolů',
          closeText: 'zavřít',
          closeKeyAriaLabel: 'Escape',
        },
      },
    },
  },
  ru: {
    site: { label: 'Русский', lang: 'ru', description: 'АТС компании на собственном компьютере' },
    theme: {
      outline: { level: [2, 3], label: 'На этой странице' },
      docFooter: { prev: 'Предыдущая страница', next: 'Следующая страница' },
      sidebarMenuLabel: 'Меню',
      returnToTopLabel: 'Наверх',
      langMenuLabel: 'Выбрать язык',
      darkModeSwitchLabel: 'Оформление',
      lightModeSwitchTitle: 'Включить светлую тему',
      darkModeSwitchTitle: 'Включить тёмную тему',
      skipToContentLabel: 'Перейти к тексту',
      notFound: {
        title: 'Страница не найдена',
        quote: 'По этому адресу страницы нет.',
        linkLabel: 'Перейти на главную страницу',
        linkText: 'На главную страницу',
      },
    },
    search: {
      button: { buttonText: 'Поиск', buttonAriaLabel: 'Поиск' },
      modal: {
        displayDetails: 'Показать подробности',
        resetButtonTitle: 'Очистить запрос',
        backButtonTitle: 'Закрыть поиск',
        noResultsText: 'Ничего не найдено по запросу',
        footer: {
          selectText: 'открыть',
          selectKeyAriaLabel: 'Enter',
          navigateText: 'выбрать',
          navigateUpKeyAriaLabel: 'стрелка вверх',
          navigateDownKeyAriaLabel: 'стрелка вниз',
          closeText: 'закрыть',
          closeKeyAriaLabel: 'Escape',
        },
      },
    },
  },
};
