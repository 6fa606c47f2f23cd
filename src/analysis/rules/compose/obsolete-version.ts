import type { Stack } from '../../documents/compose/model.ts';
import { removePath } from '../../documents/yaml-edit.ts';
import { pairOf, spanOf } from '../../documents/yaml-tree.ts';
import type { Rule } from '../rule.ts';

export const obsoleteVersion: Rule<Stack, 'obsolete' | 'remove'> = {
  id: 'obsolete-version',
  appliesTo: 'compose',
  severity: 'hint',
  group: 'host',
  docs: {
    what: 'The top-level `version` key does nothing: Compose ignores it and warns about it on every command.',
    why: 'It suggests that features depend on it. `docker compose` reads every file by the newest rules.',
    instead: 'Leave the line out.',
    references: ['https://docs.docker.com/reference/compose-file/version-and-name/'],
    invalid: ['version: "3.8"\nservices:\n  web:\n    image: nginx:alpine\n'],
    valid: ['services:\n  web:\n    image: nginx:alpine\n'],
  },
  messages: {
    obsolete: 'Compose ignores "version" and warns about it on every command',
    remove: 'Remove "version"',
  },
  *check({ model, yaml }) {
    for (const file of model.files) {
      const written = yaml(file);
      // A file without services may belong to another tool that reads its version.
      const root = written?.documents[0]?.root;
      const version = pairOf(root, 'version');
      if (written === undefined || version === undefined || pairOf(root, 'services') === undefined) continue;
      const edits = removePath(written, undefined, ['version']);
      yield {
        message: 'obsolete',
        span: spanOf(file, version.key),
        fixes: edits === undefined ? [] : [{ title: 'remove', safety: 'safe', edits }],
      };
    }
  },
};
