// Shapes of requests, as far as the stand-in reads them (AWS SDK for JavaScript v3, client-ecs). ECS ignores members that
// it does not know and refuses those that have another type.

export type Shape = 'string' | 'integer' | 'number' | 'boolean' | 'any' | ListShape | ObjectShape | MapShape;
export interface ListShape {
  readonly list: Shape;
}
export interface MapShape {
  readonly map: 'string';
}
export interface ObjectShape {
  readonly members: Readonly<Record<string, Shape>>;
}

export const list = (shape: Shape): ListShape => ({ list: shape });
export const object = (members: Readonly<Record<string, Shape>>): ObjectShape => ({ members });
export const strings = list('string');
export const keyValue = object({ name: 'string', value: 'string' });
export const tags = list(object({ key: 'string', value: 'string' }));
