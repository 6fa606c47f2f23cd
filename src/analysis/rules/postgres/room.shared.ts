import type { Bytes } from '../../../base/bytes.ts';
import { span, type Span } from '../../../base/span.ts';
import type { PostgresConf } from '../../documents/postgres/model.ts';
import { budgetFor } from '../../memory/budget.ts';
import type { Surroundings } from '../surroundings.ts';

/** How much memory the server may take: its container's limit, else what the board leaves to containers. */
export interface Room {
  readonly size: Bytes;
  readonly what: 'limit' | 'board';
}

export function roomOf(conf: PostgresConf, { board, reserve, host }: Surroundings): Room | undefined {
  if (conf.container?.limit !== undefined) return { size: conf.container.limit, what: 'limit' };
  return board === undefined ? undefined : { size: budgetFor(board, reserve, 1, host).available, what: 'board' };
}

/** Where a finding about the whole file stands: its first setting. */
export function anchorOf({ entries, source }: PostgresConf): Span {
  return entries.find(({ kind }) => kind === 'setting')?.span ?? span(source.file, 0, 0);
}
