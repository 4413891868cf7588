// Under a subpath of its own: it brings the simulation with it, which most runs do not need.
export { mayNeedInstances } from './capacity.ts';
export { forecast } from './forecast.ts';
export type { Foretold } from './foretold.ts';
export type { ForecastInput } from './forecast-input.ts';
export { courseOf } from './course.ts';
export type { Course } from './course.ts';
export type { Scene } from './scene.ts';
