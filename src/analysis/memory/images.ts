import type { ImageReference } from './image-reference.ts';
import { homeImages } from './images/home.ts';
import type { ImageFigures } from './images/image-figures.ts';
import { infrastructureImages } from './images/infrastructure.ts';
import { mediaImages } from './images/media.ts';
import { officeImages } from './images/office.ts';

/** What is known of that image, under whichever registry it is named; tags make no difference to published figures. */
export function figuresOf(image: ImageReference): ImageFigures | undefined {
  return byName.get(image.name) ?? byName.get(image.name.replace(REGISTRY, ''));
}

export const catalogueOfImages: readonly ImageFigures[] = [
  ...homeImages,
  ...mediaImages,
  ...officeImages,
  ...infrastructureImages,
];

const REGISTRY = /^[\w-]+(?:\.[\w-]+)+(?::\d+)?\//;

const byName: ReadonlyMap<string, ImageFigures> = new Map(
  catalogueOfImages.flatMap((figures) => figures.images.map((name) => [name, figures] as const)),
);
