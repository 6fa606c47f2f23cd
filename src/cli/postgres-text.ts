/** Texts of the verbs `postgres` and `tune`. */
export const text = {
  summary: 'say what a PostgreSQL server would make of a setting',
  unknownPart: 'headroom postgres knows "value", not "{part}".',
  needsNameAndFile: 'headroom postgres value needs the name of a setting and --config-file FILE.',
  badVersion: 'PostgreSQL {version} is not known here. Known: {known}.',
  cannotRead: 'Cannot read {file}.',
} as const;
