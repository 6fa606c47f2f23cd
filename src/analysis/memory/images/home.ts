import type { ImageFigures } from './image-figures.ts';

export const homeImages: readonly ImageFigures[] = [];
