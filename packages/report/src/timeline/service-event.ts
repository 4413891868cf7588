/** ECS begins each service event with `(service hid-generator) `, which the reader knows. */
export function withoutService(message: string, service: string): string {
  const prefix = `(service ${service}) `;
  return message.startsWith(prefix) ? message.slice(prefix.length) : message;
}
