/** Tones of a text. The words carry the meaning; whoever owns the terminal may add colour, and nothing is lost without. */

export type Tone = 'good' | 'bad' | 'unsure' | 'strong' | 'faint';

export type Paint = (tone: Tone, text: string) => string;

export const unpainted: Paint = (_tone, text) => text;
