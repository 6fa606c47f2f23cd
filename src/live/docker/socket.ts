import { fail, ok, type Result } from '../../base/result.ts';
import { scriptCommand, type RemoteCommand } from '../commands/command.ts';

/** What the host says about its container engines before any of them is spoken to. */
export interface EngineTraces {
  readonly user: string;
  readonly groups: readonly string[];
  /** Whether /etc/group lists the user in group docker, which a login older than that doesn't know yet. */
  readonly listedInDocker: boolean;
  readonly sockets: readonly { readonly path: string; readonly usable: boolean }[];
  readonly dockerProgram: boolean;
  readonly podmanProgram: boolean;
}

/**
 * Looks where engines listen: DOCKER_HOST of the login, the system's Docker, rootless Docker, Podman as root and
 * rootless. One constant program, because a refused channel says nothing about why.
 */
export const findEngines: RemoteCommand<EngineTraces> = scriptCommand(
  {
    name: 'find-engines',
    text: `
printf 'user %s\\n' "$(id -un 2>/dev/null)"
printf 'groups %s\\n' "$(id -Gn 2>/dev/null)"
me=$(id -un 2>/dev/null)
listed=$( (getent group docker || grep '^docker:' /etc/group) 2>/dev/null | head -n 1)
case ",\${listed##*:}," in *",$me,"*) echo listed yes ;; esac
command -v docker >/dev/null 2>&1 && echo program docker
command -v podman >/dev/null 2>&1 && echo program podman
run=\${XDG_RUNTIME_DIR:-/run/user/$(id -u 2>/dev/null)}
seen=' '
for socket in "\${DOCKER_HOST#unix://}" /var/run/docker.sock "$run/docker.sock" "$HOME/.docker/run/docker.sock" /run/podman/podman.sock "$run/podman/podman.sock"; do
  case $socket in /*) ;; *) continue ;; esac
  case $seen in *" $socket "*) continue ;; esac
  seen="$seen$socket "
  if [ -S "$socket" ]; then
    if [ -r "$socket" ] && [ -w "$socket" ]; then printf 'socket yes %s\\n' "$socket"; else printf 'socket no %s\\n' "$socket"; fi
  elif [ ! -e "$socket" ] && [ ! -x "\${socket%/*}" ] && [ -e "\${socket%/*}" ]; then printf 'socket no %s\\n' "$socket"
  fi
done
exit 0
`,
  },
  ({ stdout }) => readTraces(stdout),
);

export function readTraces(stdout: string): Result<EngineTraces, string> {
  const rows = stdout.split('\n').map((line) => /^(user|groups|listed|program|socket) ?(.*)$/.exec(line));
  const values = (name: string): string[] => rows.flatMap((row) => (row?.[1] === name ? [row[2] ?? ''] : []));
  const [user] = values('user');
  if (user === undefined) return fail('no user line');
  return ok({
    user,
    groups: (values('groups')[0] ?? '').split(' ').filter((group) => group !== ''),
    listedInDocker: values('listed').includes('yes'),
    dockerProgram: values('program').includes('docker'),
    podmanProgram: values('program').includes('podman'),
    sockets: values('socket').flatMap((row) => {
      const match = /^(yes|no) (\/.*)$/.exec(row);
      return match?.[2] === undefined ? [] : [{ path: match[2], usable: match[1] === 'yes' }];
    }),
  });
}
