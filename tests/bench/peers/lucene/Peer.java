/* Peer.java -- Lucene as one of the engines of the bench (../README.md).
 *
 *   Peer index DIR DOCS [bp]     DOCS.txt, a document a line; one segment;
 *                                bp: reordered by recursive graph bisection
 *   Peer raw DIR FILE.jsonl      title and body, English stems, stored
 *   Peer ask DIR                 the protocol on standard input
 *
 * Words are cut at blanks, with positions and norms, nothing stored; no query
 * cache, no executor.  TOP_100_COUNT is one collector with an exact total.
 */
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.misc.index.BPIndexReorderer;
import org.apache.lucene.misc.index.BPReorderingMergePolicy;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.MMapDirectory;

public class Peer {
    static BufferedReader open(String path) throws IOException {
        return new BufferedReader(new InputStreamReader(
            new FileInputStream(path), StandardCharsets.UTF_8), 1 << 20);
    }

    static IndexWriter writer(String dir, Analyzer analyzer, boolean bp)
            throws IOException {
        String memory = System.getenv().getOrDefault("MEMORY_MB", "256");
        IndexWriterConfig config = new IndexWriterConfig(analyzer);
        TieredMergePolicy tiered = new TieredMergePolicy();

        tiered.setNoCFSRatio(0);
        tiered.setMaxMergedSegmentMB(1 << 20);
        config.setUseCompoundFile(false);
        config.setRAMBufferSizeMB(Double.parseDouble(memory));
        config.setMergeScheduler(new SerialMergeScheduler());
        config.setMergePolicy(tiered);
        config.setSimilarity(new BM25Similarity(1.2f, 0.75f));
        if (bp) {
            BPIndexReorderer order = new BPIndexReorderer();
            BPReorderingMergePolicy policy;

            order.setFields(Set.of("body"));
            order.setMinDocFreq(256);
            order.setRAMBudgetMB(2048);
            policy = new BPReorderingMergePolicy(tiered, order);
            policy.setMinNaturalMergeNumDocs(Integer.MAX_VALUE);
            config.setMergePolicy(policy);
        }
        return new IndexWriter(FSDirectory.open(Path.of(dir)), config);
    }

    static void index(String dir, String docs, boolean bp)
            throws IOException {
        try (IndexWriter writer = writer(dir, new WhitespaceAnalyzer(), bp);
             BufferedReader in = open(docs + ".txt")) {
            TextField body = new TextField("body", "", Field.Store.NO);
            NumericDocValuesField id = new NumericDocValuesField("id", 0);
            Document document = new Document();
            String line;

            document.add(body);
            document.add(id);
            for (long n = 0; (line = in.readLine()) != null; n++) {
                body.setStringValue(line);
                id.setLongValue(n);
                writer.addDocument(document);
                if (bp && n == 0)
                    writer.flush();     /* one segment would not be merged */
            }
            writer.forceMerge(1);
            writer.commit();
        }
    }

    static String text(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING)
            return json.getText();
        json.skipChildren();
        return "";
    }

    static void raw(String dir, String file) throws IOException {
        JsonFactory factory = new JsonFactory();

        try (IndexWriter writer = writer(
                 dir, new EnglishAnalyzer(CharArraySet.EMPTY_SET), false);
             BufferedReader in = open(file)) {
            String line;

            while ((line = in.readLine()) != null) {
                Document document = new Document();

                try (JsonParser json = factory.createParser(line)) {
                    json.nextToken();
                    while (json.nextToken() == JsonToken.FIELD_NAME) {
                        String name = json.currentName();

                        json.nextToken();
                        if (name.equals("title") || name.equals("body"))
                            document.add(new TextField(name, text(json),
                                                       Field.Store.YES));
                        else
                            document.add(new StoredField(name, text(json)));
                    }
                }
                writer.addDocument(document);
            }
            writer.commit();
        }
    }

    /* --- Asking --- */

    static Query query(String text) {
        if (text.startsWith("\"")) {
            String[] words = text.substring(1, text.length() - 1).split(" ");

            if (words.length == 1)
                return new TermQuery(new Term("body", words[0]));
            return new PhraseQuery("body", words);
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        String[] words = text.split(" ");

        for (String word : words) {
            char sign = word.charAt(0);
            Occur occur = sign == '+' ? Occur.MUST
                : sign == '-' ? Occur.MUST_NOT : Occur.SHOULD;

            all.add(new TermQuery(new Term("body", occur == Occur.SHOULD
                ? word : word.substring(1))), occur);
        }
        return all.build();
    }

    static int[] lines(IndexReader reader) throws IOException {
        int[] lines = new int[reader.maxDoc()];

        for (LeafReaderContext leaf : reader.leaves()) {
            NumericDocValues ids = leaf.reader().getNumericDocValues("id");

            for (int doc; (doc = ids.nextDoc()) != NumericDocValues.NO_MORE_DOCS; )
                lines[leaf.docBase + doc] = (int) ids.longValue();
        }
        return lines;
    }

    static String answer(IndexSearcher searcher, int[] lines, String command,
                         String text) throws IOException {
        boolean total = command.endsWith("COUNT");
        int k = command.equals("COUNT") ? 0
            : Integer.parseInt(command.split("_")[1]);
        StringBuilder out = new StringBuilder();
        long start = System.nanoTime(), count;
        TopDocs top = null;
        Query query = query(text);

        if (k == 0) {
            count = searcher.count(query);
        } else {
            top = searcher.search(query, new TopScoreDocCollectorManager(
                k, null, total ? Integer.MAX_VALUE : k));
            count = top.totalHits.value();
        }
        out.append(System.nanoTime() - start).append('\t');
        out.append(total ? Long.toString(count) : "-").append('\t');
        if (top != null)
            for (int i = 0; i < top.scoreDocs.length; i++) {
                ScoreDoc hit = top.scoreDocs[i];

                out.append(i > 0 ? " " : "").append(lines[hit.doc])
                    .append(':').append(hit.score);
            }
        return out.toString();
    }

    static void ask(String dir) throws IOException {
        DirectoryReader reader =
            DirectoryReader.open(new MMapDirectory(Path.of(dir)));
        IndexSearcher searcher = new IndexSearcher(reader);
        BufferedReader in = new BufferedReader(
            new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(System.out, false, "UTF-8");
        int[] lines = lines(reader);
        String line;

        IndexSearcher.setMaxClauseCount(4096);
        searcher.setQueryCache(null);
        searcher.setSimilarity(new BM25Similarity(1.2f, 0.75f));
        while ((line = in.readLine()) != null) {
            int tab = line.indexOf('\t');

            out.println(answer(searcher, lines, line.substring(0, tab),
                               line.substring(tab + 1)));
            out.flush();
        }
    }

    public static void main(String[] args) throws IOException {
        switch (args[0]) {
        case "index" -> index(args[1], args[2],
                              args.length > 3 && args[3].equals("bp"));
        case "raw" -> raw(args[1], args[2]);
        case "ask" -> ask(args[1]);
        default -> System.exit(2);
        }
    }
}
