export const text = {
  explainRule: 'Why? Explain "{rule}"',
  fixAllSafe: 'Fix all safe problems in this file',
  pickRule: 'Which rule shall be explained?',
  noPage: 'There is no page for the rule "{rule}".',
  nothingToFix: 'Nothing here can be fixed safely.',
} as const;
