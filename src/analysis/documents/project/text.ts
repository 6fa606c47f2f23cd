export const text = {
  unknownKey: '"{key}" is no key of headroom.yaml here; known are {known}',
  unknownKeyNear: '"{key}" is no key of headroom.yaml here; was "{nearest}" meant?',
  wantsText: 'A text belongs here: {what}',
  wantsOneOf: 'One of {known} belongs here',
  wantsPattern: '"{value}" cannot be read here: {what}',
  wantsNumber: 'A whole number from {minimum} to {maximum} belongs here',
  wantsList: 'A list belongs here: {what}',
  wantsMap: 'Keys with values belong here: {what}',
  missingKey: 'The key "{key}" is missing here',
} as const;
