/** Maps the words of the dispatch to names of fragments: `mark-skoda`, `colour-light-blue`. */

/** Other names of each colour, in the form that {@link plainName} makes. */
const COLOURS: Readonly<Record<string, readonly string[]>> = {
  white: ['bila', 'bily', 'bile', 'белыи', 'белая', 'белое'],
  black: ['cerna', 'cerny', 'cerne', 'черныи', 'черная', 'черное'],
  silver: ['stribrna', 'stribrny', 'серебристыи', 'серебристая', 'серебряныи', 'серебро'],
  grey: ['gray', 'seda', 'sedy', 'серыи', 'серая'],
  red: ['cervena', 'cerveny', 'красныи', 'красная'],
  burgundy: ['vinova', 'vinovy', 'maroon', 'бордовыи', 'бордовая', 'вишневыи', 'вишневая'],
  blue: ['modra', 'modry', 'dark-blue', 'tmave-modra', 'синии', 'синяя', 'темно-синии'],
  'light-blue': ['svetle-modra', 'svetle-modry', 'голубои', 'голубая'],
  green: ['zelena', 'zeleny', 'зеленыи', 'зеленая'],
  yellow: ['zluta', 'zluty', 'желтыи', 'желтая'],
  orange: ['oranzova', 'oranzovy', 'оранжевыи', 'оранжевая'],
  brown: ['hneda', 'hnedy', 'коричневыи', 'коричневая'],
  beige: ['bezova', 'bezovy', 'бежевыи', 'бежевая'],
  gold: ['zlata', 'zlaty', 'golden', 'золотистыи', 'золотистая', 'золотои', 'золотая'],
  purple: ['fialova', 'fialovy', 'violet', 'фиолетовыи', 'фиолетовая'],
  pink: ['ruzova', 'ruzovy', 'розовыи', 'розовая'],
};

const MARKS: Readonly<Record<string, readonly string[]>> = {
  skoda: ['шкода'],
  volkswagen: ['vw', 'фольксваген'],
  ford: ['форд'],
  hyundai: ['хендаи', 'хундаи', 'хюндаи', 'хенде'],
  kia: ['киа'],
  toyota: ['тоиота'],
  renault: ['рено'],
  peugeot: ['пежо'],
  citroen: ['ситроен'],
  opel: ['опель'],
  audi: ['ауди'],
  bmw: ['бмв'],
  mercedes: ['mercedes-benz', 'мерседес', 'мерседес-бенц'],
  dacia: ['дачия', 'дация'],
  fiat: ['фиат'],
  seat: ['сеат'],
  mazda: ['мазда'],
  honda: ['хонда'],
  nissan: ['ниссан'],
  suzuki: ['сузуки'],
  mitsubishi: ['мицубиси', 'митсубиси', 'митсубиши'],
  volvo: ['вольво'],
  lada: ['vaz', 'ваз', 'лада', 'lada-vaz', 'ваз-lada', 'лада-ваз'],
  chevrolet: ['шевроле'],
  daewoo: ['дэу', 'деу'],
  ravon: ['равон'],
  lexus: ['лексус'],
  subaru: ['субару'],
  tesla: ['тесла'],
  chery: ['чери'],
  geely: ['джили'],
  haval: ['хавеил', 'хавал'],
  gaz: ['газ'],
  uaz: ['уаз'],
  moskvich: ['москвич', 'moskvitch'],
  jeep: ['джип'],
  'land-rover': ['ленд-ровер', 'лэнд-ровер'],
  mini: ['мини'],
  cupra: ['купра'],
  jac: ['джак'],
};

const colours = indexByName(COLOURS);
const marks = indexByName(MARKS);

/** Lower case, without accents, words joined by hyphens: "Světle modrá" is `svetle-modra`, "Хёндай" `хендаи`. */
function plainName(words: string): string {
  return words
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{Ll}\p{Lo}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

export function colourFragment(words: string): string {
  return `colour-${colours.get(plainName(words)) ?? plainName(words)}`;
}

export function markFragment(words: string): string {
  return `mark-${marks.get(plainName(words)) ?? plainName(words)}`;
}

/** The product has no recordings of models; a company can record its own. */
export function modelFragment(words: string): string {
  return `model-${plainName(words)}`;
}

function indexByName(names: Readonly<Record<string, readonly string[]>>): Map<string, string> {
  return new Map(
    Object.entries(names).flatMap(([key, others]) => [key, ...others].map((name) => [name, key] as const)),
  );
}
