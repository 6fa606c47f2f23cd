import type { ImageFigures } from './image-figures.ts';

export const mediaImages: readonly ImageFigures[] = [];
