import { formatBytes, type Bytes } from '../../base/bytes.ts';
import { render, type Translate } from '../../base/message.ts';
import { explain } from '../../live/errors.ts';
import type { ContainerView } from '../../live/store/container-entry.ts';
import { sparkline } from '../../live/store/tree.ts';
import type { HostPicture, Say } from './rows.ts';
import { text } from './text.ts';

/** Lines of plain text, made only when somebody points at the row. `wall` is milliseconds since 1970. */
export type Tip = (wall: number) => string;

export function containerTip(container: ContainerView, memory: string, say: Say): Tip {
  const { name, image, state, health, startedAt, unreclaimable, reading, history } = container;
  const size = (value: Bytes | undefined): string => (value === undefined ? say(text.unknown) : formatBytes(value));
  return (wall) =>
    [
      name,
      ...(image === undefined ? [] : [say(text.tipImage, { image })]),
      say(text.tipState, { state: health === 'none' ? state : `${state}, ${health}` }),
      ...(startedAt === undefined || state !== 'running' ? [] : [say(text.tipUp, { time: duration(wall - startedAt, say) })]),
      ...(reading === undefined
        ? []
        : [
            say(text.tipMemory, { memory }),
            say(text.tipHeld, { size: size(unreclaimable) }),
            say(text.tipParts, { anon: size(reading.anon), file: size(reading.file), kernel: size(reading.kernel) }),
            say(text.tipSwap, { size: size(reading.swap) }),
            ...(reading.peak === undefined ? [] : [say(text.tipPeak, { size: size(reading.peak) })]),
          ]),
      ...(history.length < 2 ? [] : [say(text.tipLately, { curve: sparkline(history, CURVE) })]),
    ].join('\n');
}

export function hostTip({ host, pretend, restricted, connection, view }: HostPicture, say: Say, translate: Translate): Tip {
  return () => {
    const error = connection.kind === 'failed' || connection.kind === 'waiting' ? explain(connection.error) : undefined;
    const { celsius, footprint } = view?.reading ?? {};
    return [
      host,
      ...(pretend ? [say(text.pretend)] : []),
      ...(restricted ? [say(text.restrictedWayOut)] : []),
      ...(error === undefined || restricted ? [] : [render(error.what, translate), render(error.wayOut, translate)]),
      ...(celsius === undefined ? [] : [say(text.tipTemperature, { celsius: Math.round(celsius) })]),
      ...(footprint === undefined ? [] : [say(text.tipFootprint, { size: formatBytes(footprint) })]),
    ].join('\n');
  };
}

function duration(milliseconds: number, say: Say): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  if (days > 0) return say(text.days, { days, hours });
  return hours > 0 ? say(text.hours, { hours, minutes: minutes % 60 }) : say(text.minutes, { minutes });
}

/** Seconds at the usual period. */
const CURVE = 60;
