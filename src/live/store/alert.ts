import type { Message } from '../../base/message.ts';
import type { AlertKind } from './alert-rules.ts';

export interface Alert {
  /** Stays the same while the alert lasts, and when it comes back. */
  readonly key: string;
  readonly kind: AlertKind;
  /** An alarm counts in the badge; a warning only colours the tree and the status bar. */
  readonly severity: 'warning' | 'alarm';
  readonly host: string;
  readonly containerId?: string;
  /** Who is behind it, or the largest user of what ran short. */
  readonly culprit?: string;
  /** Wall-clock milliseconds. */
  readonly since: number;
  readonly message: Message;
}
