def sub(p,*prs):
    p='src/web/texts/'+p
    s=open(p).read()
    for a,b in prs:
        if a not in s: print('MISSING',p,a); continue
        s=s.replace(a,b)
    open(p,'w').write(s)
sub('cs/problems.ts',("{value} je telefon, ne linka k operátorovi.","{value} je telefon, ne trunk operátora."))
sub('ru/timeline.ts',("hours: 'Рабочее время'","hours: 'Часы работы'"),("'Проверить рабочее время'","'Проверить часы работы'"),("'Плечо завершено'","'Соединение окончено'"))
sub('ru/queues.ts',("'Затем очередь следующего.'","'Затем звонит следующий.'"),("Отходя от стола, нужно ставить паузу, иначе звонок повторяется снова и снова.","Отходя от стола, ставьте паузу, иначе звонок будет повторяться снова и снова."),("['Самое долгое ожидание', 'Затем","['Ждать не дольше', 'Затем"))
sub('cs/people.ts',("listen: 'Poslouchat probíhající hovory'","listen: 'Poslouchat hovory, napovídat operátorovi a vstupovat do hovorů'"))
sub('ru/people.ts',("listen: 'Слушать разговоры'","listen: 'Слушать разговоры, подсказывать оператору и входить в разговор'"),("supervisor: ['Старший смены', 'Ещё слушает и переводит звонки","supervisor: ['Старший смены', 'Ещё слушает и переводит звонки"))
sub('cs/tokens.ts',("'poslouchat probíhající hovory'","'poslouchat hovory, napovídat operátorovi a vstupovat do hovorů'"))
