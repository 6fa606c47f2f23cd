import { fail, ok, type Result } from '../../base/result.ts';
import { isRoot, needsSudoPassword, passwordWorks, type Sudo } from '../commands/sudo.ts';
import type { LiveError } from '../errors.ts';
import type { Session } from '../session.ts';
import { applyCmdline, reboot, type CmdlinePlan } from './cmdline.ts';

/** Puts the question to a person; undefined is no. From the second attempt on the last answer was wrong. */
export type AskSudoPassword = (attempt: number) => Promise<string | undefined>;

/** Finds out how the session's user becomes root, asking for a password only where sudo wants one. */
export async function becomeRoot(session: Session, ask: AskSudoPassword, signal?: AbortSignal): Promise<Result<Sudo, LiveError>> {
  const root = await session.exec(isRoot, signal);
  if (root.ok && root.value) return ok({ root: true });
  const needs = await session.exec(needsSudoPassword, signal);
  if (!needs.ok) return needs;
  if (!needs.value) return ok({});
  for (let attempt = 1; attempt <= 3; attempt++) {
    const password = await ask(attempt);
    if (password === undefined) return fail({ kind: 'cancelled' });
    // A line end inside would leave its rest to the program.
    const works = password.includes('\n') ? ok(false) : await session.exec(passwordWorks(password), signal);
    if (!works.ok) return works;
    if (works.value) return ok({ password });
  }
  return fail({ kind: 'commandFailed', program: 'sudo', exitCode: 1, complaint: '' });
}

/** Carries out what a person was shown and said yes to. Rebooting is another question. */
export async function mendCmdline(
  session: Session,
  plan: CmdlinePlan & { kind: 'edit' },
  sudo: Sudo,
  signal?: AbortSignal,
): Promise<Result<{ readonly backup: string }, LiveError>> {
  return session.exec(applyCmdline(plan, sudo), signal);
}

/** The connection goes with the host, so its loss is the expected answer. */
export async function restartHost(session: Session, sudo: Sudo, signal?: AbortSignal): Promise<Result<void, LiveError>> {
  const result = await session.exec(reboot(sudo), signal);
  return !result.ok && result.error.kind === 'connectionLost' ? ok(undefined) : result;
}
