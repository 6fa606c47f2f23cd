import type { ImageFigures } from './image-figures.ts';

export const officeImages: readonly ImageFigures[] = [];
