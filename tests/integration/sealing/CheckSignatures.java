// Checks signatures and time-stamps with Bouncy Castle and nothing of the product's.
//
// A line of standard input is a question, its fields parted by tabs:
//   cms <signature> <content> <root.pem> <chain.pem or -> <seconds since 1970>
//   tsp <response> <content> <root.pem>
// and a line of standard output the answer: "ok <kind of key> <policies>" for a signature, "ok <time>" for a time-stamp,
// "wrong <why>" for what must not be believed.
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.Security;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationVerifier;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;

public class CheckSignatures {
  static class Wrong extends Exception {
    Wrong(String why) {
      super(why);
    }
  }

  public static void main(String[] args) throws Exception {
    Security.addProvider(new BouncyCastleProvider());
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String answer;
      try {
        answer = "ok " + check(line.split("\t"));
      } catch (Exception error) {
        answer = "wrong " + (error.getClass().getSimpleName() + ": " + error.getMessage()).replaceAll("\\s+", " ");
      }
      System.out.println(answer);
    }
  }

  static String check(String[] question) throws Exception {
    byte[] signed = Files.readAllBytes(Path.of(question[1]));
    byte[] content = Files.readAllBytes(Path.of(question[2]));
    X509Certificate root = certificates(question[3]).get(0);
    switch (question[0]) {
      case "cms":
        List<X509Certificate> chain = question[4].equals("-") ? List.of() : certificates(question[4]);
        return signature(signed, content, root, chain, new Date(Long.parseLong(question[5]) * 1000));
      case "tsp":
        return timestamp(signed, content, root);
      default:
        throw new IllegalArgumentException(question[0]);
    }
  }

  static String signature(byte[] p7s, byte[] content, X509Certificate root, List<X509Certificate> chain, Date at)
      throws Exception {
    if (!Arrays.equals(ASN1Primitive.fromByteArray(p7s).getEncoded("DER"), p7s)) throw new Wrong("not DER");
    CMSSignedData data = new CMSSignedData(new CMSProcessableByteArray(content), p7s);
    Collection<SignerInformation> signers = data.getSignerInfos().getSigners();
    if (signers.size() != 1 || data.getCertificates().getMatches(null).size() != 1) throw new Wrong("signers");
    SignerInformation signer = signers.iterator().next();
    X509CertificateHolder holder = certificateOf(data.getCertificates().getMatches(signer.getSID()));
    if (!signer.verify(verifier(holder))) throw new Wrong("signature");
    if (signer.getSignedAttributes().size() != 4) throw new Wrong("attributes");
    if (signer.getSignedAttributes().get(CMSAttributes.signingTime) == null) throw new Wrong("signing time");
    Attribute named = signer.getSignedAttributes().get(PKCSObjectIdentifiers.id_aa_signingCertificateV2);
    ESSCertIDv2[] ids = SigningCertificateV2.getInstance(named.getAttributeValues()[0]).getCerts();
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(holder.getEncoded());
    if (ids.length != 1 || !Arrays.equals(ids[0].getCertHash(), digest)) throw new Wrong("signing certificate");
    X509Certificate certificate = path(holder, root, chain, at);
    List<String> policies = new ArrayList<>();
    CertificatePolicies stated = CertificatePolicies.fromExtensions(holder.getExtensions());
    if (stated != null)
      for (PolicyInformation policy : stated.getPolicyInformation()) policies.add(policy.getPolicyIdentifier().getId());
    return certificate.getPublicKey().getAlgorithm() + " " + String.join(",", policies);
  }

  static String timestamp(byte[] tsr, byte[] content, X509Certificate root) throws Exception {
    TimeStampResponse response = new TimeStampResponse(tsr);
    TimeStampToken token = response.getTimeStampToken();
    if (token == null) throw new Wrong("no token");
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
    if (!Arrays.equals(token.getTimeStampInfo().getMessageImprintDigest(), digest)) throw new Wrong("imprint");
    X509CertificateHolder holder = certificateOf(token.getCertificates().getMatches(token.getSID()));
    token.validate(verifier(holder));
    Date time = token.getTimeStampInfo().getGenTime();
    path(holder, root, List.of(), time);
    return time.toInstant().toString();
  }

  static SignerInformationVerifier verifier(X509CertificateHolder holder) throws Exception {
    return new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(holder);
  }

  static X509CertificateHolder certificateOf(Collection<X509CertificateHolder> matches) throws Wrong {
    if (matches.size() != 1) throw new Wrong("certificate of the signer");
    return matches.iterator().next();
  }

  /** The certificate, after a path to the root was found good at that time. */
  static X509Certificate path(
      X509CertificateHolder holder, X509Certificate root, List<X509Certificate> chain, Date at) throws Exception {
    X509Certificate certificate = new JcaX509CertificateConverter().setProvider("BC").getCertificate(holder);
    List<X509Certificate> path = new ArrayList<>(List.of(certificate));
    for (X509Certificate link : chain) if (!link.equals(root) && !link.equals(certificate)) path.add(link);
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(at);
    CertificateFactory factory = CertificateFactory.getInstance("X.509", "BC");
    CertPathValidator.getInstance("PKIX", "BC").validate(factory.generateCertPath(path), parameters);
    return certificate;
  }

  static List<X509Certificate> certificates(String file) throws Exception {
    List<X509Certificate> found = new ArrayList<>();
    try (var in = Files.newInputStream(Path.of(file))) {
      for (var one : CertificateFactory.getInstance("X.509", "BC").generateCertificates(in))
        found.add((X509Certificate) one);
    }
    return found;
  }
}
