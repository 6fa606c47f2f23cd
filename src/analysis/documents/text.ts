export const text = {
  fileTooLarge: 'This file is too large to be a Compose file ({size} characters); it was not read',
  yamlInvalid: 'Not valid YAML: {reason}',
  yamlDuplicateKey: 'The key {key} stands here a second time; YAML allows it once',
  yamlUnknownAlias: 'No anchor named {name} comes before this alias',
  yamlAliasCycle: 'The alias {name} stands inside the value that it repeats',
  yamlTooDeep: 'Nested more than {depth} levels deep; what is deeper was not read',
} as const;
