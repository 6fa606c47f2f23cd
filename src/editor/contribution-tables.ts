/*
 * The shapes that package.json's `contributes` is generated from. A command without a title or a setting
 * without a description doesn't compile.
 */

/** Shown in palettes and settings; the English text, whose German stands in l10n/de/package.json. */
export type Shown = string;

export interface CommandContribution {
  readonly title: Shown;
  readonly icon?: string;
  /** When it may run; absent means always. */
  readonly enablement?: string;
  /** Absent means that the palette offers it always; `false` keeps it out. */
  readonly palette?: string | false;
  readonly menus?: readonly { readonly menu: string; readonly when?: string; readonly group?: string }[];
}

export type SettingContribution = {
  readonly description: Shown;
  readonly scope: 'application' | 'machine' | 'window' | 'resource';
} & (
  | {
      readonly type: 'string';
      readonly default: string;
      readonly enum?: readonly string[];
      readonly enumDescriptions?: readonly Shown[];
    }
  | { readonly type: 'boolean'; readonly default: boolean }
  | { readonly type: 'number'; readonly default: number; readonly minimum?: number; readonly maximum?: number }
  | { readonly type: 'object'; readonly default: Readonly<Record<string, unknown>>; readonly additionalProperties?: unknown }
  | { readonly type: 'array'; readonly default: readonly unknown[]; readonly items?: unknown }
);

export interface LanguageContribution {
  readonly id: string;
  readonly aliases?: readonly string[];
  readonly filenames?: readonly string[];
  readonly filenamePatterns?: readonly string[];
  readonly extensions?: readonly string[];
  readonly configuration?: string;
}

/** A view in a container of its own. */
export interface ViewContribution {
  readonly container: { readonly id: string; readonly title: string; readonly icon: string };
  readonly id: string;
  readonly name: Shown;
  readonly when: string;
  readonly icon: string;
  /** Paragraphs that stand there while the view is empty; a link on a line of its own becomes a button. */
  readonly welcome: readonly Shown[];
}
