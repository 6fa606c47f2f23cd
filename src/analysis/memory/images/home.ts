import type { ImageFigures } from './image-figures.ts';

/** Home automation, network and household. */
export const homeImages: readonly ImageFigures[] = [
  {
    images: ['vaultwarden/server', 'bitwardenrs/server', 'ghcr.io/dani-garcia/vaultwarden'],
    typical: 24,
    peak: 60,
    floor: 16,
    source: 'vaultwarden issues 277 and 645: 10 to 16 MiB (2018); aliasvault issue 1457: 58 MiB with two users (2026)',
  },
  {
    images: ['adguard/adguardhome'],
    typical: 70,
    peak: 250,
    floor: 96,
    source:
      'portainer issue 8717: 67 MiB; AdGuardHome issues 713 and 5606: 250 to 500 MB with large lists, 128 MB failed with 800,000 rules',
  },
  {
    images: ['homeassistant/home-assistant', 'ghcr.io/home-assistant/home-assistant', 'linuxserver/homeassistant'],
    typical: 220,
    peak: 480,
    floor: 192,
    source:
      'IOTstack issue 147: 100 MB after boot on a Pi 3B+ and growing; a Pi with 37 containers limits it to 1536 MB; boards of 512 MB fail',
  },
  {
    images: ['syncthing/syncthing', 'linuxserver/syncthing'],
    typical: 100,
    peak: 400,
    floor: 64,
    source:
      'syncthing issues 1841, 6161 and 4976: 70 MB with 10,000 files on a Pi, 100 MB steady, 400 MB with large folders; no hard cap exists',
  },
  { images: ['nodered/node-red', 'nodered/node-red-docker'], like: 'node' },
  { images: ['koenkk/zigbee2mqtt', 'ghcr.io/koenkk/zigbee2mqtt'], like: 'node' },
  { images: ['homebridge/homebridge', 'oznu/homebridge'], like: 'node' },
  { images: ['zwavejs/zwave-js-ui'], like: 'node' },
  { images: ['ghcr.io/gethomepage/homepage'], like: 'node' },
  { images: ['openhab/openhab'], like: 'jvm' },
  { images: ['pihole/pihole'], unreported: true },
  { images: ['ghcr.io/getumbrel/tor', 'dockurr/tor'], unreported: true },
  { images: ['ghcr.io/wg-easy/wg-easy', 'weejewel/wg-easy'], unreported: true },
  { images: ['tailscale/tailscale'], unreported: true },
  { images: ['ghcr.io/esphome/esphome', 'esphome/esphome'], unreported: true },
  { images: ['linuxserver/wireguard'], unreported: true },
  { images: ['cloudflare/cloudflared'], unreported: true },
  { images: ['favonia/cloudflare-ddns', 'qmcgaw/ddns-updater', 'linuxserver/duckdns'], unreported: true },
];
