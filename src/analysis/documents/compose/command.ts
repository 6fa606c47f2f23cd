import type { Located } from '../located.ts';
import type { CommandLine, Value } from './model.ts';
import { splitWords } from './shell-words.ts';
import { isNull, List, Scalar } from './value.ts';

/** Both forms of a command, word by word. A text that can't be split is one word. */
export function readCommand(value: Value | undefined): CommandLine | undefined {
  if (value instanceof List) {
    return {
      words: value.items.flatMap((item) => (item instanceof Scalar ? [item.located] : [])),
      shell: false,
      spans: value.spans,
    };
  }
  if (!(value instanceof Scalar) || isNull(value)) return undefined;
  const words = splitWords(value.text)?.map((word): Located<string> => {
    const span = value.inner(word.from, word.to);
    return { value: value.known ? word.text : undefined, text: word.text, spans: [span], origins: value.origins };
  });
  return { words: words ?? [value.located], shell: true, spans: value.spans };
}
