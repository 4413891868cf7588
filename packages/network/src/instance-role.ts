// What hides the role of an EC2 instance from a program in a container.

/** "Configure the Instance Metadata Service options" (Amazon EC2 user guide): answers live for `HttpPutResponseHopLimit` hops. */
export const hopLimit =
  'In a container the role of an EC2 instance is visible only with a hop limit of 2: aws ec2 modify-instance-metadata-options --instance-id ID --http-put-response-hop-limit 2.';
