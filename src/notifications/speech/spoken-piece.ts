/** One prompt of an announcement, with its text. */
export interface SpokenPiece {
  prompt: number;
  /** The spoken text of the recording, or its name; for people. */
  text: string;
}
