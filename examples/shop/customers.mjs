/** Who has which number. Numbers come as the gateway's profile writes them: 777888999, 00420777888999, +420777888999. */
export function customers(byNumber, statusOf) {
  return (number) => {
    const customer = Object.hasOwn(byNumber, national(number)) ? byNumber[national(number)] : undefined;
    if (customer === undefined) return undefined;
    return { name: customer.name, orders: customer.orders.map((each) => ({ number: each, status: statusOf(each) })) };
  };
}

function national(number) {
  return number.replace(/[\s()/-]/g, '').replace(/^(\+|00)?42[01](?=\d{9}$)/, '');
}
