export * from './clock.ts';
export * from './diagnosis.ts';
export * from './ecs-port.ts';
export * from './plan.ts';
export * from './snapshot.ts';
export * from './verdict.ts';
