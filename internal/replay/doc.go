// Package replay holds the golden model against captures of somebody else's RDMA endpoints: the golden NIC takes the place of
// one endpoint, is given the verbs that were called there and the packets that were delivered there, and must do what
// that endpoint did: each packet it sent, each completion, the final state, memory.
//
// A capture has an order and times, but does not tell when the endpoint looked at what it had received. So the replay
// aligns two traces: a request packet in the capture may be explained by any number of the responses received so far,
// and by a timer that has run out; the model says whether one of these gives exactly that packet. What the standard
// leaves to the implementation is recognised, counted and named (type [Freedom]); anything else is a [Finding].
package replay
