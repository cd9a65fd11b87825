/** Address and credentials of AMI. */
export interface AmiAddress {
  host: string;
  port: number;
  user: string;
  password: string;
}
