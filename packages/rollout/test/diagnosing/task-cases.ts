// Stopped tasks with the texts of AWS, of its agent and of Docker, and what they mean.
import type { TaskSnapshot } from '../../src/index.ts';
import { task, unstarted } from '../builders.ts';

export const exits = (exitCode: number, reason?: string): TaskSnapshot =>
  task({}, { exitCode, ...(reason && { reason }) });
const elb =
  'Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/web/1)';

/** The cause, the stopped task, words of the sentence. */
type Case = readonly [cause: string, stopped: TaskSnapshot, words: string];
export const taskCases: readonly Case[] = [
  [
    'crash-loop',
    exits(1),
    'container web exits with code 1 soon after its start: the program ended with an error',
  ],
  ['crash-loop', exits(0), 'has to go on running'],
  ['crash-loop', exits(126), 'not executable'],
  ['crash-loop', exits(127), 'not found in the image'],
  ['crash-loop', exits(137), 'SIGKILL'],
  ['crash-loop', exits(139), 'segmentation fault'],
  ['crash-loop', exits(143), 'SIGTERM'],
  ['crash-loop', exits(130), 'signal 2'],
  ['crash-loop', exits(77), 'ended with an error'],
  [
    'crash-loop',
    task({ stoppedReason: 'Essential container exited', startedBy: 'web' }, { exitCode: 3 }),
    'code 3',
  ],
  [
    'out-of-memory',
    exits(137, 'OutOfMemoryError: Container killed due to memory usage'),
    'its limit of 256 MiB',
  ],
  [
    'image-not-found',
    unstarted(
      'CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref registry.example/web:1.0.16: registry.example/web:1.0.16: not found',
    ),
    'registry.example/web:1.0.15.RELEASE is not in its registry',
  ],
  [
    'image-not-found',
    unstarted(
      'CannotPullContainerError: Error response from daemon: manifest for registry.example/web:x not found: manifest unknown',
    ),
    'not in its registry',
  ],
  [
    'image-not-found',
    unstarted('Task failed to start', {
      containers: [{ name: 'web', reason: 'CannotPullContainerError: image not found' }],
    }),
    'not in its registry',
  ],
  [
    'image-access-denied',
    unstarted(
      "CannotPullContainerError: Error response from daemon: pull access denied for web, repository does not exist or may require 'docker login': denied: User: arn:aws:sts::1:assumed-role/x is not authorized to perform: ecr:BatchGetImage",
    ),
    'refuses',
  ],
  [
    'image-access-denied',
    unstarted(
      'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 3 time(s): AccessDeniedException: User is not authorized to perform: ecr:GetAuthorizationToken',
    ),
    'refuses',
  ],
  [
    'image-rate-limit',
    unstarted(
      'CannotPullContainerError: inspect image has been retried 5 time(s): httpReaderSeeker: failed open: unexpected status code Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit.',
    ),
    'pull limit',
  ],
  [
    'image-unreachable',
    unstarted(
      'CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref docker.io/library/web:1: failed to do request: Head "https://registry-1.example/v2": dial tcp 44.205.64.79:443: i/o timeout',
    ),
    'cannot be reached',
  ],
  [
    'image-unreachable',
    unstarted(
      'CannotPullContainerError: Error response from daemon: Get https://registry.example/v2/: net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
    ),
    'cannot be reached',
  ],
  [
    'image-platform',
    unstarted(
      "CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain descriptor matching platform 'linux/amd64'",
    ),
    'processor',
  ],
  [
    'no-disk-space',
    unstarted(
      'CannotPullContainerError: failed to register layer: write /usr/lib/x: no space left on device',
    ),
    'no space left',
  ],
  [
    'secret-missing',
    unstarted(
      "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
    ),
    'does not exist',
  ],
  [
    'secret-missing',
    unstarted(
      'Fetching secret data from SSM Parameter Store in eu-central-1: invalid ssm parameters: /web/password',
    ),
    'does not exist',
  ],
  [
    'secret-denied',
    unstarted(
      'ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secrets from ssm: operation error SSM: GetParameters, api error AccessDeniedException: User: arn:aws:sts::1:assumed-role/x is not authorized to perform: ssm:GetParameters',
    ),
    'may not read',
  ],
  [
    'aws-unreachable',
    unstarted(
      'ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration.',
    ),
    'cannot reach AWS',
  ],
  [
    'log-group',
    unstarted(
      'CannotStartContainerError: Error response from daemon: failed to initialize logging driver: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.',
    ),
    'log driver',
  ],
  [
    'exec-format',
    unstarted('CannotStartContainerError: exec /app/start.sh: exec format error'),
    'another processor',
  ],
  [
    'command-not-found',
    unstarted(
      'ResourceInitializationError: unable to pull image or start container: 400 Client Error: Bad Request ("OCI runtime create failed: runc create failed: unable to start container process: exec: "/app": stat /app: no such file or directory: unknown")',
    ),
    'The command of container web is not in its image',
  ],
  [
    'port-allocated',
    unstarted(
      'ResourceInitializationError: unable to pull image or start container: 500 Server Error: Internal Server Error ("driver failed programming external connectivity on endpoint web: Bind for 0.0.0.0:1234 failed: port is already allocated")',
    ),
    'is taken on the instance',
  ],
  [
    'command-not-found',
    unstarted(
      'CannotStartContainerError: Error response from daemon: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "serve": executable file not found in $PATH: unknown',
    ),
    'not in its image',
  ],
  [
    'command-not-executable',
    unstarted('CannotStartContainerError: OCI runtime create failed: exec: "/start.sh": permission denied'),
    'may not be executed',
  ],
  [
    'port-allocated',
    unstarted(
      'CannotStartContainerError: Error response from daemon: driver failed programming external connectivity on endpoint ecs-web: Bind for 0.0.0.0:8080 failed: port is already allocated',
    ),
    'host port',
  ],
  [
    'volume-mount',
    unstarted(
      'ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: mount.nfs4: Connection reset'.replace(
        'Connection reset',
        'access refused',
      ),
    ),
    'volume',
  ],
  [
    'start-timeout',
    unstarted('DockerTimeoutError: Could not transition to started; timed out after waiting 3m0s'),
    'did not start within',
  ],
  [
    'container-cannot-start',
    unstarted('CannotStartContainerError: failed to get container status: x'),
    'could not be started',
  ],
  [
    'container-cannot-start',
    unstarted('Task failed to start', { containers: [{ name: 'web', reason: 'something new' }] }),
    'something new',
  ],
  [
    'resource-initialization',
    unstarted('ResourceInitializationError: something new'),
    'could not be prepared',
  ],
  [
    'network-interface',
    unstarted('Timeout waiting for network interface provisioning to complete.'),
    'network interface',
  ],
  [
    'capacity',
    unstarted(
      'Capacity is unavailable at this time. Please try again later or in a different availability zone',
    ),
    'no capacity',
  ],
  ['no-gpu', unstarted('TaskFailedToStart: RESOURCE:GPU'), 'GPU'],
  [
    'load-balancer-health',
    task({ stopCode: 'ServiceSchedulerInitiated', stoppedReason: elb }, { exitCode: 137 }),
    'finds the new tasks unhealthy',
  ],
  [
    'container-health',
    task(
      { stopCode: 'ServiceSchedulerInitiated', stoppedReason: 'Task failed container health checks' },
      { exitCode: 137 },
    ),
    'its own health check',
  ],
  [
    'interrupted',
    task({ stopCode: 'SpotInterruption', stoppedReason: 'Your Spot Task was interrupted.' }),
    'taken away by AWS',
  ],
  ['unclear', task({ stopCode: 'UserInitiated', stoppedReason: 'Task stopped by user' }), 'say why'],
];
