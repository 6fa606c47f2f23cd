import type { ContainerDetails } from '../docker/types.ts';

/** Whose container it is, from the labels that Compose writes and the one that starting an agent adds. */
export interface Belonging {
  readonly project?: string;
  readonly service?: string;
  readonly agent?: number;
  /** The compose files on the machine that ran `up`. */
  readonly files: readonly string[];
}

export function belonging({ labels }: Pick<ContainerDetails, 'labels'>): Belonging {
  const project = labels.get('com.docker.compose.project') ?? labels.get('io.podman.compose.project');
  const service = labels.get('com.docker.compose.service');
  const agent = /^\d{1,4}$/.exec(labels.get(AGENT_LABEL) ?? '')?.[0];
  const files = labels.get('com.docker.compose.project.config_files');
  return {
    ...(project === undefined ? {} : { project }),
    ...(service === undefined ? {} : { service }),
    ...(agent === undefined ? {} : { agent: Number(agent) }),
    files: files === undefined ? [] : files.split(','),
  };
}

/** Written on every container of an agent when it is started. Its value is the agent's number. */
export const AGENT_LABEL = 'dev.headroom.agent';

/**
 * Names come from strangers: an image's author, a compose file from anywhere. Whatever would move a cursor, colour a
 * terminal or break a line becomes a visible sign, and nobody needs more than this many characters of it.
 */
export function safeText(text: string): string {
  const cut = text.length > 120 ? `${text.slice(0, 119)}…` : text;
  return cut.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '�');
}
