import type { ImageFigures } from './image-figures.ts';

/** Films, music, photographs, books. */
export const mediaImages: readonly ImageFigures[] = [
  {
    images: ['jellyfin/jellyfin', 'linuxserver/jellyfin', 'ghcr.io/jellyfin/jellyfin'],
    typical: 290,
    peak: 700,
    floor: 256,
    source: 'jellyfin issues 1348, 4003 and 16764: 287 MiB after a restart, 600 MiB to 1.1 GB in use, 4G as the limit on a Pi 4',
  },
  {
    images: ['linuxserver/sonarr'],
    typical: 180,
    peak: 300,
    floor: 128,
    source: 'Radarr issue 551: under 200 MB; CasaOS AppStore reserves 256M; Sonarr issue 7711: the cache rises with time',
  },
  {
    images: ['linuxserver/radarr'],
    typical: 150,
    peak: 400,
    floor: 128,
    source:
      'Radarr issues 551, 2083 and 1580: 26 to 60 MB with a small library, 300 to 800 MB with large ones; CasaOS AppStore reserves 256M',
  },
  {
    images: ['ghcr.io/immich-app/immich-server'],
    typical: 700,
    peak: 1500,
    floor: 640,
    source:
      'immich requirements: 6 GB for the whole stack, 4 GB with machine learning switched off; CasaOS AppStore reserves 1024M',
  },
  {
    images: ['photoprism/photoprism'],
    typical: 512,
    peak: 1024,
    floor: 512,
    source: 'CasaOS AppStore reserves 512M; its makers ask for 3 GB on the host',
  },
  {
    images: ['linuxserver/plex', 'plexinc/pms-docker'],
    typical: 256,
    peak: 512,
    floor: 192,
    source: 'CasaOS and BigBear app stores reserve 256M',
  },
  {
    images: ['linuxserver/emby', 'emby/embyserver'],
    typical: 256,
    peak: 512,
    floor: 192,
    source: 'CasaOS AppStore reserves 256M',
  },
  { images: ['deluan/navidrome'], unreported: true },
  {
    images: ['fallenbagel/jellyseerr'],
    typical: 200,
    peak: 256,
    floor: 160,
    source: 'CasaOS AppStore reserves and limits it to 256M',
  },
  {
    images: ['jvmilazz0/kavita', 'linuxserver/kavita'],
    typical: 128,
    peak: 256,
    floor: 96,
    source: 'CasaOS AppStore reserves 128M',
  },
  { images: ['gotson/komga'], like: 'jvm' },
  { images: ['ghcr.io/advplyr/audiobookshelf', 'advplyr/audiobookshelf'], like: 'node' },
  { images: ['linuxserver/bazarr', 'linuxserver/lidarr', 'linuxserver/prowlarr', 'linuxserver/jackett'], unreported: true },
  { images: ['linuxserver/transmission', 'linuxserver/qbittorrent'], unreported: true },
  {
    images: ['ghcr.io/immich-app/immich-machine-learning'],
    typical: 900,
    peak: 2048,
    floor: 768,
    source: 'immich requirements: the difference between 4 and 6 GB for the stack',
  },
  { images: ['ghcr.io/flaresolverr/flaresolverr'], unreported: true },
  { images: ['lmscommunity/lyrionmusicserver'], typical: 160, peak: 256, floor: 128, source: 'CasaOS AppStore reserves 256M' },
];
