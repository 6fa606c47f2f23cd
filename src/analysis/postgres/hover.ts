import type { Span } from '../../base/span.ts';
import type { PostgresConf } from '../documents/postgres/model.ts';
import { settingsOf } from '../documents/postgres/settings.ts';
import { settingCard, type SettingCard } from './setting-card.ts';

export interface ConfHover {
  readonly span: Span;
  readonly card: SettingCard;
}

/** The card of the setting whose name or value stands at the offset. Works for a file and for words of a command. */
export function hoverConf(conf: PostgresConf, offset: number): ConfHover | undefined {
  const entry = conf.entries.find(({ span }) => span.start <= offset && offset <= span.end);
  if (entry?.kind !== 'setting') return undefined;
  const definition = settingsOf(conf.version).findAny(entry.name);
  return definition === undefined ? undefined : { span: entry.span, card: settingCard(definition, conf, entry.value) };
}
