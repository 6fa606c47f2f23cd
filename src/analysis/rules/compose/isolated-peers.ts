import type { Network, Service, Stack } from '../../documents/compose/model.ts';
import type { Rule } from '../rule.ts';

const ICC = 'com.docker.network.bridge.enable_icc';

export const isolatedPeers: Rule<Stack, 'isolated' | 'allow'> = {
  id: 'isolated-peers',
  appliesTo: 'compose',
  severity: 'warning',
  group: 'host',
  docs: {
    what: 'Services that need each other share only networks on which containers may not talk.',
    why: '`enable_icc: "false"` drops every packet between containers of that network. Names still resolve, so connections hang until they time out instead of failing with a reason.',
    instead:
      'Leave the option out on a network that services share. To keep a database from the outside, publish no port, or use `internal: true`.',
    references: ['https://docs.docker.com/engine/network/drivers/bridge/#options'],
    invalid: [
      'services:\n  api:\n    image: api\n    depends_on: [db]\n  db:\n    image: postgres:16\nnetworks:\n  default:\n    driver_opts:\n      com.docker.network.bridge.enable_icc: "false"\n',
    ],
    valid: [
      'services:\n  api:\n    image: api\nnetworks:\n  default:\n    driver_opts:\n      com.docker.network.bridge.enable_icc: "false"\n',
      'services:\n  api:\n    image: api\n    depends_on: [db]\n    networks: [a, b]\n  db:\n    image: postgres:16\n    networks: [a, b]\nnetworks:\n  a:\n    driver_opts:\n      com.docker.network.bridge.enable_icc: "false"\n  b: {}\n',
    ],
  },
  messages: {
    isolated: 'Containers on {network} cannot reach each other, but {service} needs {peer}',
    allow: 'Allow containers of {network} to talk',
  },
  *check({ model }) {
    const services = new Map(model.services.map((service) => [service.name, service]));
    for (const network of model.networks) {
      const option = network.driverOptions.get(ICC);
      if (option === undefined || !/^(?:false|0|f)$/i.test(option.text)) continue;
      const pair = needyPair(network, model, services);
      if (pair === undefined) continue;
      yield {
        message: 'isolated',
        data: { network: network.name, ...pair },
        span: option.spans[0],
        fixes:
          option.origins.length === 1
            ? [
                {
                  title: 'allow',
                  data: { network: network.name },
                  safety: 'review',
                  edits: [{ span: option.spans[0], text: '"true"' }],
                },
              ]
            : [],
      };
    }
  },
};

/** The first two that need each other and share no network but isolating ones. */
function needyPair(
  network: Network,
  model: Stack,
  services: ReadonlyMap<string, Service>,
): { service: string; peer: string } | undefined {
  const isolating = new Set(
    model.networks
      .filter(({ driverOptions }) => /^(?:false|0|f)$/i.test(driverOptions.get(ICC)?.text ?? ''))
      .map(({ name }) => name),
  );
  for (const service of model.services) {
    for (const { service: needed } of service.dependsOn) {
      const peer = services.get(needed.text);
      const shared = peer === undefined ? [] : networksOf(service).filter((name) => networksOf(peer).includes(name));
      if (peer !== undefined && shared.includes(network.name) && shared.every((name) => isolating.has(name)))
        return { service: service.name, peer: peer.name };
    }
  }
  return undefined;
}

function networksOf({ networks, networkMode }: Service): readonly string[] {
  if (networkMode !== undefined) return [];
  return networks.length === 0 ? ['default'] : networks.map(({ text }) => text);
}
