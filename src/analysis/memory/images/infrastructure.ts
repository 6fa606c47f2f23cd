import type { ImageFigures } from './image-figures.ts';

export const infrastructureImages: readonly ImageFigures[] = [];
