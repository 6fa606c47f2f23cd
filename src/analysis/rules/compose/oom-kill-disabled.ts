import type { Stack } from '../../documents/compose/model.ts';
import type { Rule } from '../rule.ts';

export const oomKillDisabled: Rule<Stack, 'withoutLimit' | 'withLimit'> = {
  id: 'oom-kill-disabled',
  appliesTo: 'compose',
  severity: 'warning',
  group: 'memory',
  docs: {
    what: '`oom_kill_disable: true`: the kernel shall not kill this container when memory runs out.',
    why: 'Under a limit the container then stands still instead of being restarted, and without one it takes the whole board with it. On cgroup v2, which Raspberry Pi OS uses since 2021, Docker drops the setting without effect.',
    instead: 'Set a limit that the program lives under, and `oom_score_adj` to say who goes first.',
    references: ['https://docs.docker.com/engine/containers/resource_constraints/'],
    invalid: ['services:\n  db:\n    image: postgres:16\n    oom_kill_disable: true\n'],
    valid: ['services:\n  db:\n    image: postgres:16\n    oom_kill_disable: false\n'],
  },
  messages: {
    withoutLimit: 'Without a limit this lets one container take the whole board; on cgroup v2 it does nothing at all',
    withLimit: 'At its limit this container will stand still instead of restarting; on cgroup v2 the setting does nothing at all',
  },
  *check({ model }) {
    for (const { memory } of model.services) {
      const disabled = memory.oomKillDisable;
      if (disabled?.value !== true) continue;
      const limited = (memory.deployLimit ?? memory.limit) !== undefined;
      yield { message: limited ? 'withLimit' : 'withoutLimit', span: disabled.key ?? disabled.spans[0] };
    }
  },
};
