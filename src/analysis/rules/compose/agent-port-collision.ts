import type { Port, Stack } from '../../documents/compose/model.ts';
import type { AgentPorts } from '../surroundings.ts';
import type { Rule } from '../rule.ts';

export const agentPortCollision: Rule<Stack, 'inScheme' | 'range'> = {
  id: 'agent-port-collision',
  appliesTo: 'compose',
  severity: 'warning',
  group: 'host',
  docs: {
    what: 'A stack publishes a port that the agents’ own scheme gives to one of them.',
    why: 'Port k of agent n is `base + step × n + k`, as `agents.ports` in `headroom.yaml` says. The agent that the number belongs to cannot start beside this stack: "port is already allocated". It shows weeks later, when somebody starts that one.',
    instead: 'Publish a port outside the scheme: below `base + step`, or above the last agent’s.',
    references: ['https://docs.docker.com/reference/compose-file/services/#ports'],
    invalid: [],
    valid: ['services:\n  db:\n    image: postgres:16\n    ports: ["127.0.0.1:60200:5432"]\n'],
  },
  messages: {
    inScheme: 'Port {port} belongs to agent {agent}: its ports are {first} to {last}',
    range: 'Ports {port} meet those of agent {agent}: its ports are {first} to {last}',
  },
  *check({ model, surroundings: { agentPorts } }) {
    if (agentPorts === undefined || model.files.some((file) => file === agentPorts.template)) return;
    for (const { ports, networkMode, active } of model.services) {
      if (!active || networkMode?.value === 'host') continue;
      for (const port of ports) {
        const met = agentOf(port, agentPorts);
        if (met === undefined) continue;
        const first = agentPorts.base + agentPorts.step * met.agent;
        yield {
          message: met.range ? 'range' : 'inScheme',
          data: { port: port.published?.text ?? '', agent: met.agent, first, last: first + agentPorts.step - 1 },
          span: port.span,
        };
      }
    }
  },
};

/** The first agent whose ports the published ones meet. */
function agentOf({ published }: Port, { base, step, max }: AgentPorts): { agent: number; range: boolean } | undefined {
  const match = /^(\d+)(?:-(\d+))?$/.exec(published?.value ?? '');
  if (match === null || step <= 0) return undefined;
  const [from, to] = [Number(match[1]), Number(match[2] ?? match[1])];
  const agent = Math.max(1, Math.floor((from - base) / step));
  const meets = to >= base + step * agent && from < base + step * (agent + 1);
  return meets && agent <= max ? { agent, range: from !== to } : undefined;
}
