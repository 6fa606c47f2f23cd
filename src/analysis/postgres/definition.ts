import { folderOf, joinPath } from '../../base/path.ts';
import type { FileId, Span } from '../../base/span.ts';
import type { PostgresConf } from '../documents/postgres/model.ts';

export interface ConfLink {
  /** The path within the file, quotes included. */
  readonly span: Span;
  /** The file that an include names, or the folder of an include_dir. */
  readonly target: FileId;
  readonly folder: boolean;
}

/** Where the includes of a file lead. */
export function linksOf(conf: PostgresConf): readonly ConfLink[] {
  return conf.entries.flatMap((entry) =>
    entry.kind === 'include' && entry.path.trim() !== ''
      ? [
          {
            span: entry.pathSpan,
            target: joinPath(folderOf(conf.source.file), entry.path),
            folder: entry.directive === 'include_dir',
          },
        ]
      : [],
  );
}

export function definitionAt(conf: PostgresConf, offset: number): ConfLink | undefined {
  return linksOf(conf).find(({ span }) => span.start <= offset && offset <= span.end);
}
