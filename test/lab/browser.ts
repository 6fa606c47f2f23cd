import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];

/** A Chromium that is installed here; HEADROOM_CHROMIUM names another. Nothing is ever downloaded. */
export function findChromium(): string | undefined {
  return [process.env.HEADROOM_CHROMIUM ?? '', ...PLACES].find((path) => path !== '' && existsSync(path));
}

export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('No Chromium is installed (on Debian: apt-get install chromium)');
  // Root has no sandbox; a container's /dev/shm is too small; without the rest it looks up Google's hosts.
  const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-quic'];
  return chromium.launch({ executablePath, args });
}
