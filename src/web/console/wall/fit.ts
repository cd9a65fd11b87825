/** How cards share a screen. */
export interface Fit {
  columns: number;
  /** Font size in pixels; cards are measured in it. */
  em: number;
  /** Small cards, without the sums of the day. */
  isCompact: boolean;
}

/** Size of a card with the gap beside it, in em. */
interface CardSize {
  width: number;
  height: number;
}

const WHOLE: CardSize = { width: 24.5, height: 18 };
const COMPACT: CardSize = { width: 17, height: 10.5 };
/** Below this share of the usual font size, whole cards cannot be read from afar. */
const MIN_SHARE = 0.7;
/** Few queues leave room for larger figures. */
const MAX_SHARE = 1.75;
/** In pixels. Below it the screen scrolls instead. */
const MIN_EM = 14;
/** In pixels. Phones have one column and scroll. */
const PHONE_WIDTH = 700;
const FEW_ON_PHONE = 6;

/**
 * Lays cards out so that they fill the screen without scrolling, as large as possible.
 *
 * @param usualEm font size of the rest of the page, in pixels
 */
export function fitCards(count: number, screen: { width: number; height: number }, usualEm: number): Fit {
  if (screen.width < PHONE_WIDTH) return { columns: 1, em: usualEm, isCompact: count > FEW_ON_PHONE };
  const whole = largest(count, screen, WHOLE);
  const isCompact = whole.em < MIN_SHARE * usualEm;
  const { columns, em } = isCompact ? largest(count, screen, COMPACT) : whole;
  return { columns, em: Math.max(MIN_EM, Math.min(em, MAX_SHARE * usualEm)), isCompact };
}

function largest(count: number, { width, height }: { width: number; height: number }, card: CardSize) {
  const candidates = Array.from({ length: Math.max(1, count) }, (_, index) => {
    const columns = index + 1;
    const rows = Math.ceil(count / columns);
    return { columns, em: Math.min(width / (columns * card.width), height / (rows * card.height)) };
  });
  return candidates.reduce((best, each) => (each.em > best.em ? each : best));
}
