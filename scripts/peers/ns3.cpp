// SPDX-License-Identifier: Apache-2.0
//
// What ns-3 makes of a point-to-point flow: a sender, a receiver, a link of 64 Gbit/s and 1 us as
// the fabric's are, UDP datagrams of 1 KiB back to back. Prints how many arrived a second of wall
// time; building the world is not counted. usage: ns3 PACKETS
#include <chrono>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>

#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/network-module.h"
#include "ns3/point-to-point-module.h"
#include "ns3/udp-client.h"
#include "ns3/udp-server.h"

int main(int argc, char **argv) {
  using namespace ns3;
  const uint32_t packets = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 0;
  if (packets == 0) {
    std::fprintf(stderr, "usage: ns3 PACKETS\n");
    return 2;
  }
  const uint32_t size = 1024;
  const uint32_t headers = 30;  // UDP, IPv4 and PPP
  const Time every = NanoSeconds((size + headers) / 8 + 1);

  NodeContainer nodes;
  nodes.Create(2);
  PointToPointHelper link;
  link.SetDeviceAttribute("DataRate", StringValue("64Gbps"));
  link.SetChannelAttribute("Delay", StringValue("1us"));
  const NetDeviceContainer devices = link.Install(nodes);
  InternetStackHelper internet;
  internet.Install(nodes);
  Ipv4AddressHelper addresses;
  addresses.SetBase("10.0.0.0", "255.255.255.0");
  const Ipv4InterfaceContainer interfaces = addresses.Assign(devices);

  const Ptr<UdpServer> server = CreateObject<UdpServer>();
  server->SetAttribute("Port", UintegerValue(9));
  nodes.Get(1)->AddApplication(server);
  const Ptr<UdpClient> client = CreateObject<UdpClient>();
  client->SetRemote(interfaces.GetAddress(1), 9);
  client->SetAttribute("MaxPackets", UintegerValue(packets));
  client->SetAttribute("Interval", TimeValue(every));
  client->SetAttribute("PacketSize", UintegerValue(size));
  nodes.Get(0)->AddApplication(client);
  server->SetStartTime(Seconds(0));
  client->SetStartTime(MicroSeconds(1));

  Simulator::Stop(MicroSeconds(10) + NanoSeconds(every.GetNanoSeconds() * packets));
  const auto begin = std::chrono::steady_clock::now();
  Simulator::Run();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  const uint64_t got = server->GetReceived();
  Simulator::Destroy();
  if (got != packets) {
    std::fprintf(stderr, "ns3: %" PRIu32 " packets were sent, %" PRIu64 " arrived\n", packets, got);
    return 1;
  }
  std::printf("%.0f\n", got / took.count());
  return 0;
}
