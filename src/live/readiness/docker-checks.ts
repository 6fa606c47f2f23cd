import { message } from '../../base/message.ts';
import { explain } from '../errors.ts';
import { command, result, section, type Check } from './check.ts';
import { onCard } from './memory-checks.ts';
import { text } from './text.ts';

export const docker: Check = ({ version, engineError }) => {
  if (version === undefined) return engineError === undefined ? undefined : unanswered(engineError);
  const data = { version: version.version, api: version.api };
  if (version.product === 'podman') return result('docker', 'ok', message(text.podman, data));
  // 20.10 brought cgroup v2 and one-shot stats; what came before is out of support everywhere.
  if (olderThan(version.version, 20, 10)) {
    return result('docker', 'warning', message(text.dockerOld, data), {
      why: message(text.dockerOldWhy),
      fix: command(INSTALL_DOCKER),
    });
  }
  return result('docker', 'ok', message(text.docker, data));
};

function unanswered(error: NonNullable<Parameters<Check>[0]['engineError']>): ReturnType<Check> {
  const { what, wayOut } = explain(error);
  if (error.kind === 'dockerDenied') {
    // The group is as good as root. It is the person's to give, so the command is shown and never run with sudo.
    const fix = error.inGroup ? ({ kind: 'advice', advice: wayOut } as const) : command(`sudo usermod -aG docker ${error.user}`);
    return result('docker', 'bad', what, { why: message(text.dockerDeniedWhy), fix });
  }
  return result('docker', 'bad', what, { fix: { kind: 'advice', advice: wayOut } });
}

const INSTALL_DOCKER = 'curl -fsSL https://get.docker.com | sh';

export const compose: Check = (evidence) => {
  const version = /\d+\.\d+[\w.+-]*/.exec(section(evidence, 'compose') ?? '')?.[0];
  if (version !== undefined) return result('compose', 'ok', message(text.compose, { version }));
  const old = /1\.\d+[\w.]*/.exec(section(evidence, 'compose1') ?? '')?.[0];
  const fix = command('sudo apt-get install docker-compose-plugin');
  if (old !== undefined)
    return result('compose', 'warning', message(text.composeOld, { version: old }), { why: message(text.composeOldWhy), fix });
  return section(evidence, 'docker') === undefined
    ? undefined
    : result('compose', 'warning', text.composeNone, { why: message(text.composeWhy), fix });
};

export const storage: Check = ({ info }) => {
  const driver = info?.storageDriver;
  if (driver === undefined) return undefined;
  // `vfs` copies whole images for each container; `devicemapper` and `aufs` were taken out of Docker.
  if (driver === 'vfs' || driver === 'aufs' || driver === 'devicemapper') {
    return result('storage-driver', 'warning', message(text.storage, { driver }), { why: message(text.storageWhy) });
  }
  return result('storage-driver', 'ok', message(text.storage, { driver }));
};

export const space: Check = (evidence) => {
  const free = freeMib(section(evidence, 'disk') ?? section(evidence, 'disk-root') ?? '');
  if (free === undefined) return undefined;
  const said = message(text.space, { mib: free.mib, percent: free.percent });
  const more = {
    why: message(onCard(evidence) ? text.spaceWhyCard : text.spaceWhy),
    fix: command('docker system df; docker image prune'),
  };
  if (free.mib < 512) return result('space', 'bad', said, more);
  if (free.mib < 2048 || free.percent < 10) return result('space', 'warning', said, more);
  return result('space', 'ok', said);
};

function freeMib(df: string): { mib: number; percent: number } | undefined {
  const [, total, , available] = (df.split('\n')[1] ?? '').trim().split(/\s+/).map(Number);
  if (total === undefined || available === undefined || !(total > 0) || Number.isNaN(available)) return undefined;
  return { mib: Math.round(available / 1024), percent: Math.round((available / total) * 100) };
}

function olderThan(version: string, major: number, minor: number): boolean {
  const [a = 0, b = 0] = version.split('.').map(Number);
  return a < major || (a === major && b < minor);
}
