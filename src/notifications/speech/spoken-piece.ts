/** One thing that is heard. */
export interface SpokenPiece {
  prompt: number;
  /** What it says, for people: the words of a recording, or its name. */
  text: string;
}
