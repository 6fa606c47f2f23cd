/**
 * Text for a person, kept as data: the English template with `{name}` holes and what fills them.
 * The template is also the key of its translation, so a front end renders it in the reader's language.
 */
export interface Message {
  readonly template: string;
  readonly data: Readonly<Record<string, string | number>>;
}

/** Looks up the reader's words for an English template; returns the template itself where there are none. */
export type Translate = (template: string) => string;

export function message(template: string, data: Readonly<Record<string, string | number>> = {}): Message {
  return { template, data };
}

export function render({ template, data }: Message, translate: Translate = (english) => english): string {
  return translate(template).replace(/\{(\w+)\}/g, (hole, name: string) => String(data[name] ?? hole));
}
