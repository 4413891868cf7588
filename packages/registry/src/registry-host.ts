// What the name of a registry's host tells.

/** Registries of this machine are asked without TLS, as Docker does; all others only with it. */
export function originOf(host: string): string {
  return `${isLoopback(host) ? 'http' : 'https'}://${host}`;
}

/** `localhost`, `127.0.0.1:5000`, `[::1]:5000`. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '[::1]' ||
    /^127(?:\.\d{1,3}){3}$/.test(name)
  );
}

/**
 * Amazon's private registries: "aws_account_id.dkr.ecr.region.amazonaws.com", also with `ecr-fips`, in China, and the
 * dual-stack name "aws_account_id.dkr-ecr.region.on.aws" (Amazon ECR User Guide, Private registry).
 */
export function isEcr(host: string): boolean {
  return (
    /^\d{12}\.dkr\.ecr(?:-fips)?\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/.test(host) ||
    /^\d{12}\.dkr-ecr(?:-fips)?\.[a-z0-9-]+\.on\.aws$/.test(host)
  );
}
