// Plain calls of AWS's JSON protocol, for what a test prepares and looks at beside the programs.

/** Emulators read who asks, and check no signature unless told to. */
export function authorization(service: string, region = 'eu-west-1', key = 'test'): string {
  return `AWS4-HMAC-SHA256 Credential=${key}/20261124/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
}

export async function ecsCall(
  url: string,
  operation: string,
  request: unknown,
): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'X-Amz-Target': `AmazonEC2ContainerServiceV20141113.${operation}`,
      'Content-Type': 'application/x-amz-json-1.1',
      Authorization: authorization('ecs'),
    },
    body: JSON.stringify(request),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${operation}: ${response.status} ${text}`);
  return JSON.parse(text) as Record<string, unknown>;
}

/** A call of IAM's Query API; the answer is XML. */
export async function iamCall(url: string, parameters: Readonly<Record<string, string>>): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      Authorization: authorization('iam', 'us-east-1'),
    },
    body: new URLSearchParams({ ...parameters, Version: '2010-05-08' }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${parameters['Action']}: ${response.status} ${text}`);
  return text;
}
