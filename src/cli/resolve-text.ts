export const text = {
  resolveSummary: 'print a Compose project as docker compose would resolve it',
  problemAt: '{place}: {message}',
  refused: 'docker compose would refuse this project; --force prints what can be resolved of it',
  noProject: 'There is no Compose file in {folder} or above it.',
  unreadableFile: 'Cannot read {path}.',
  unprintable: 'docker compose cannot print the SSH keys of the build of {service} as JSON',
} as const;
