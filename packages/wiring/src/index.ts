export * from './notify.ts';
export * from './open-ecs.ts';
export * from './open-neighbours.ts';
export * from './open-preflight.ts';
export * from './open-registry.ts';
export * from './open-repository.ts';
export * from './system-clock.ts';
