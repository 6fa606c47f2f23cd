export const text = {
  matchUnsupported:
    '{path}, line {line}: no ssh client was found on this computer, and without one a Match block is not understood; it was left out.',
  keyNotKept: 'The host key of {host} could not be written to {path}; it holds until this session ends.',
} as const;
