// Plain calls of AWS's JSON protocol, for what a test prepares and looks at beside the programs.

/** Emulators read who asks, and check no signature unless told to. */
export function authorization(service: string, region = 'eu-west-1', key = 'test'): string {
  return `AWS4-HMAC-SHA256 Credential=${key}/20261124/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
}

type Answer = Promise<Record<string, unknown>>;

export async function ecsCall(url: string, operation: string, request: unknown): Answer {
  return jsonCall(url, 'ecs', `AmazonEC2ContainerServiceV20141113.${operation}`, request);
}

/** CloudWatch Logs. */
export async function logsCall(url: string, operation: string, request: unknown): Answer {
  return jsonCall(url, 'logs', `Logs_20140328.${operation}`, request);
}

/** Any service of the JSON protocol: `secretsmanager`, `secretsmanager.CreateSecret`. */
export async function jsonCall(url: string, service: string, operation: string, request: unknown): Answer {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'X-Amz-Target': operation,
      'Content-Type': 'application/x-amz-json-1.1',
      Authorization: authorization(service),
    },
    body: JSON.stringify(request),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${operation}: ${response.status} ${text}`);
  // Operations without an answer give an empty one.
  return (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
}

/** A call of IAM's Query API; the answer is XML. */
export async function iamCall(url: string, parameters: Readonly<Record<string, string>>): Promise<string> {
  return queryCall(url, authorization('iam', 'us-east-1'), { ...parameters, Version: '2010-05-08' });
}

/** A call of Elastic Load Balancing's Query API; the answer is XML. */
export async function elbCall(url: string, parameters: Readonly<Record<string, string>>): Promise<string> {
  return queryCall(url, authorization('elasticloadbalancing'), { ...parameters, Version: '2015-12-01' });
}

/** EC2's Query API; the answer is XML. */
export async function ec2Call(url: string, parameters: Readonly<Record<string, string>>): Promise<string> {
  return queryCall(url, authorization('ec2'), { ...parameters, Version: '2016-11-15' });
}

/** EC2 Auto Scaling's Query API; the answer is XML. */
export async function autoScalingCall(
  url: string,
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  return queryCall(url, authorization('autoscaling'), { ...parameters, Version: '2011-01-01' });
}

/** Elastic Load Balancing as it was before: classic load balancers. */
export async function classicCall(
  url: string,
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  return queryCall(url, authorization('elasticloadbalancing'), { ...parameters, Version: '2012-06-01' });
}

async function queryCall(url: string, signature: string, parameters: Readonly<Record<string, string>>) {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      Authorization: signature,
    },
    body: new URLSearchParams(parameters),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${parameters['Action']}: ${response.status} ${text}`);
  return text;
}
