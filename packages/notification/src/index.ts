export * from './messages.ts';
export * from './notification.ts';
export * from './notify.ts';
export * from './topic.ts';
export * from './wants.ts';
export * from './webhook.ts';
