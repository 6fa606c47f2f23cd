/** Texts of the verbs `postgres` and `tune`. */
export const text = {
  summary: 'say what a PostgreSQL server would make of a setting',
  unknownPart: 'headroom postgres knows "value", not "{part}".',
  needsNameAndFile: 'headroom postgres value needs the name of a setting and --config-file FILE.',
  badVersion: 'PostgreSQL {version} is not known here. Known: {known}.',
  cannotRead: 'Cannot read {file}.',
  tuneSummary: 'write PostgreSQL settings that fit into a limit',
  unknownProgram: 'headroom tune knows "postgres", not "{program}".',
  needsLimit: 'headroom tune postgres needs the memory that the container may take: --limit 96M.',
  badNumber: '{option} takes a whole number, not "{value}".',
  badChoice: '{option} takes one of {known}, not "{value}".',
} as const;
