import { describe, expect, it } from 'vitest';
import { render } from '../../../src/base/message.ts';
import { fileId } from '../../../src/base/span.ts';
import { checkText, composeFile } from './check-text.ts';

const scheme = { base: 60000, step: 100, max: 4, template: fileId('/w/agent.yml') };

describe('ports inside the agents’ scheme', () => {
  it.each([
    ['60199', 'Port 60199 belongs to agent 1: its ports are 60100 to 60199'],
    ['60200', 'Port 60200 belongs to agent 2: its ports are 60200 to 60299'],
    ['60499', 'Port 60499 belongs to agent 4: its ports are 60400 to 60499'],
    ['60050-60100', 'Ports 60050-60100 meet those of agent 1: its ports are 60100 to 60199'],
  ])('are found: %s', (port, words) => {
    expect(found(port)).toEqual([words]);
  });

  it.each(['60099', '60000', '60500', '8080', '60050-60099', '0'])('are not those outside it: %s', (port) => {
    expect(found(port)).toEqual([]);
  });

  it('are the template’s own', () => {
    expect(found('60199', { ...scheme, template: composeFile })).toEqual([]);
  });

  it('are nobody’s without a scheme', () => {
    expect(found('60199', 'none')).toEqual([]);
  });
});

function found(port: string, agentPorts: typeof scheme | 'none' = scheme): string[] {
  const text = `services:\n  a:\n    image: nginx:alpine\n    ports: ["${port}:80"]\n`;
  return checkText(text, { surroundings: agentPorts === 'none' ? {} : { agentPorts } })
    .findings.filter(({ rule }) => rule === 'agent-port-collision')
    .map(({ message }) => render(message));
}
