import { run } from './main.ts';
import { processTerminal } from './terminal.ts';

const interrupt = new AbortController();
process.once('SIGINT', () => {
  interrupt.abort();
});
// A reader that has seen enough, such as `| head`, closes the pipe: that is an end, not a crash.
process.stdout.on('error', () => {
  interrupt.abort();
});
const color = process.argv.find((word) => word.startsWith('--color='))?.slice('--color='.length);
// Set rather than exit: output that is still on its way to a pipe would be cut off.
process.exitCode = await run(process.argv.slice(2), processTerminal(color, interrupt.signal));
